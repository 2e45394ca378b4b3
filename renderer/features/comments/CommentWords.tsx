import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useRecords } from '../../ui/useSession.ts';
import { parseMentions } from './parseMentions.ts';
import { TEXT_LIMIT } from './writeThread.ts';

/** The words of a comment, its mentions told apart; what is longer than any comment may be is cut. */
export function CommentWords({ session, text }: { session: ComplaintSession; text: string }) {
  const organizations = useRecords(session, 'organizations');
  const shown = text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text;
  return (
    <p className="comment-words">
      {parseMentions(shown, organizations).map((piece, position) =>
        piece.organization ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their order
          <b key={position} className="comment-mention">
            {piece.text}
          </b>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}
