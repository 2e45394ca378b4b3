import { LexicalCollaboration } from '@lexical/react/LexicalCollaborationContext';
import { CollaborationPluginV2__EXPERIMENTAL } from '@lexical/react/LexicalCollaborationPlugin';
import { LexicalComposer } from '@lexical/react/LexicalComposer';
import { ContentEditable } from '@lexical/react/LexicalContentEditable';
import { LexicalErrorBoundary } from '@lexical/react/LexicalErrorBoundary';
import { RichTextPlugin } from '@lexical/react/LexicalRichTextPlugin';
import type { Provider } from '@lexical/yjs';
import { useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import './plain.css';

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

const root = document.getElementById('root');
if (root) createRoot(root).render(<PlainEditor />);
