import { Component, type ReactNode } from 'react';
import { ErrorPanel } from '../widgets/error-panel.tsx';

interface ViewBoundaryProps {
  readonly title: string;
  readonly children: ReactNode;
}

interface ViewBoundaryState {
  readonly error: Error | undefined;
}

/** Keeps a screen's fault inside that screen. A class, because React has no other way to catch while drawing. */
export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override state: ViewBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: Error): ViewBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <ErrorPanel
        title={`${this.props.title} could not be drawn`}
        error={{ code: 'internal', message: error.message }}
        onRetry={() => {
          this.setState({ error: undefined });
        }}
      />
    );
  }
}
