import { LexicalCollaboration } from '@lexical/react/LexicalCollaborationContext';
import { CollaborationPluginV2__EXPERIMENTAL } from '@lexical/react/LexicalCollaborationPlugin';
import { LexicalComposer } from '@lexical/react/LexicalComposer';
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { ContentEditable } from '@lexical/react/LexicalContentEditable';
import { LexicalErrorBoundary } from '@lexical/react/LexicalErrorBoundary';
import { HistoryPlugin } from '@lexical/react/LexicalHistoryPlugin';
import { RichTextPlugin } from '@lexical/react/LexicalRichTextPlugin';
import type { Provider } from '@lexical/yjs';
import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import './plain.css';

declare global {
  interface Window {
    /** Keeps what the editor holds for the next time the page is opened. */
    keepState(): void;
  }
}

const STATE = 'state';
const doc = new Y.Doc();
const query = new URLSearchParams(location.search);
const provider = new WebsocketProvider(query.get('server') ?? '', 'typing', doc, { connect: false });

/** Lexical's rich text with its own collaboration plugin, as its documentation shows it. */
function PlainEditor() {
  const cursorsRef = useRef<HTMLDivElement>(null);
  return (
    <LexicalCollaboration>
      <LexicalComposer
        initialConfig={{
          namespace: 'plain',
          editorState: null,
          onError: (error) => {
            throw error;
          },
        }}
      >
        <div className="scroll">
          <div className="page">
            <RichTextPlugin
              contentEditable={<ContentEditable className="text" />}
              ErrorBoundary={LexicalErrorBoundary}
            />
            <div ref={cursorsRef} />
          </div>
        </div>
        <CollaborationPluginV2__EXPERIMENTAL
          id="typing"
          doc={doc}
          provider={provider as unknown as Provider}
          username="Plain"
          cursorsContainerRef={cursorsRef}
          __shouldBootstrapUnsafe={query.has('first')}
        />
      </LexicalComposer>
    </LexicalCollaboration>
  );
}

/** Rich text and history, nobody else: what it holds is what was kept. */
function EditorAlone() {
  const kept = localStorage.getItem(STATE);
  return (
    <LexicalComposer
      initialConfig={{
        namespace: 'plain',
        ...(kept === null ? {} : { editorState: kept }),
        onError: (error) => {
          throw error;
        },
      }}
    >
      <div className="scroll">
        <div className="page">
          <RichTextPlugin contentEditable={<ContentEditable className="text" />} ErrorBoundary={LexicalErrorBoundary} />
        </div>
      </div>
      <HistoryPlugin />
      <StateKeeper />
    </LexicalComposer>
  );
}

function StateKeeper() {
  const [editor] = useLexicalComposerContext();
  useEffect(() => {
    window.keepState = () => localStorage.setItem(STATE, JSON.stringify(editor.getEditorState()));
  }, [editor]);
  return null;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(query.has('alone') ? <EditorAlone /> : <PlainEditor />);
