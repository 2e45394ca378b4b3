import { useTranslation } from 'react-i18next';
import { IMAGE_WIDTH } from '../../../shared/domain/images/imageRules.ts';
import { Stepper } from '../../ui/Stepper.tsx';

/** The width of an image, in hundredths of the text's. */
export function WidthField({ value, onChange }: { value: number; onChange(value: number): void }) {
  const { t } = useTranslation();
  return (
    <Stepper
      label={t('images.width')}
      text={`${value}\u00a0%`}
      value={value}
      {...IMAGE_WIDTH}
      smaller={t('images.narrower')}
      larger={t('images.wider')}
      onChange={onChange}
    />
  );
}
