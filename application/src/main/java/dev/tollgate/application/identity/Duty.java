package dev.tollgate.application.identity;

/** Work that one node at a time does again and again. What a node does late, after another took over, must do no harm. */
public interface Duty {
    /** A duty of the only node there is. */
    Duty ALONE = new Duty() {
        @Override
        public boolean isMine() {
            return true;
        }

        @Override
        public void run(Runnable work) {
            work.run();
        }
    };

    /** Whether it is this node's to do, as far as this node knows. */
    boolean isMine();

    /** Does the work if it is this node's. */
    void run(Runnable work);
}
