package dev.tollgate.web.relay;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The calls being served, and the door that is shut when the gateway drains. */
@Singleton
public final class CallDoor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int open;
    private boolean isDraining;

    /** Takes one more call in, unless the gateway is draining; each call let in must {@link #leave}. */
    boolean enter() {
        lock.lock();
        try {
            if (isDraining) {
                return false;
            }
            open++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            open--;
            if (open == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on new calls are refused; those open go on. */
    public void drain() {
        lock.lock();
        try {
            isDraining = true;
        } finally {
            lock.unlock();
        }
    }

    public boolean isDraining() {
        lock.lock();
        try {
            return isDraining;
        } finally {
            lock.unlock();
        }
    }

    public int count() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no call is open, at most so long. @return whether none is */
    public boolean awaitIdle(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (open > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
            return open == 0;
        } finally {
            lock.unlock();
        }
    }
}
