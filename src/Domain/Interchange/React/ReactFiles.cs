namespace Actors.Domain.Interchange.React;

/// <summary>The files of a project that do not depend on the design. Versions are exact; the lock file was made from them.</summary>
internal static class ReactFiles
{
    public const string Package = """
        {
          "name": "wireframe",
          "private": true,
          "version": "1.0.0",
          "type": "module",
          "scripts": {
            "dev": "vite",
            "build": "tsc --noEmit && vite build",
            "preview": "vite preview"
          },
          "dependencies": {
            "react": "19.2.0",
            "react-dom": "19.2.0"
          },
          "devDependencies": {
            "@types/react": "19.2.2",
            "@types/react-dom": "19.2.2",
            "@vitejs/plugin-react": "6.3.0",
            "typescript": "5.9.3",
            "vite": "8.3.8"
          }
        }

        """;

    public const string TypeScript = """
        {
          "compilerOptions": {
            "target": "ES2022",
            "lib": ["ES2022", "DOM", "DOM.Iterable"],
            "module": "ESNext",
            "moduleResolution": "bundler",
            "jsx": "react-jsx",
            "types": ["vite/client"],
            "strict": true,
            "noUnusedLocals": true,
            "noUnusedParameters": true,
            "skipLibCheck": true,
            "noEmit": true
          },
          "include": ["src"]
        }

        """;

    public const string Vite = """
        import react from '@vitejs/plugin-react';
        import { defineConfig } from 'vite';

        export default defineConfig({ base: './', plugins: [react()] });

        """;

    public const string Index = """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
          </head>
          <body>
            <div id="root"></div>
            <script type="module" src="/src/main.tsx"></script>
          </body>
        </html>

        """;

    public const string Main = """
        import { StrictMode } from 'react';
        import { createRoot } from 'react-dom/client';
        import { App } from './App';
        import './index.css';

        const root = document.getElementById('root');
        if (root) {
          createRoot(root).render(
            <StrictMode>
              <App />
            </StrictMode>,
          );
        }

        """;
}
