package dev.tollgate.application.relay;

import org.jspecify.annotations.Nullable;

/**
 * What a stream asks before it goes on: whether the hold behind it stands and carries what comes. It answers at once.
 * Where the answer is no it soon changes, or there is a {@link #refusal}.
 */
public interface StreamGate {
    /** Of a stream that is not held. */
    StreamGate OPEN = new StreamGate() {
        @Override
        public boolean isOpen(StreamedOutput output) {
            return true;
        }

        @Override
        public boolean isCounting() {
            return false;
        }

        @Override
        public void onChange(Runnable action) {
            action.run();
        }

        @Override
        public @Nullable CallError refusal() {
            return null;
        }
    };

    /** Whether events may go on now; asked whenever bytes have come. */
    boolean isOpen(StreamedOutput output);

    /** Whether each event must be asked for, since the hold carries only so much output. */
    boolean isCounting();

    /** Runs the action once there is another answer, on any thread; at once if nobody is being asked. */
    void onChange(Runnable action);

    /** Why the stream must end here; null as long as it need not. */
    @Nullable
    CallError refusal();
}
