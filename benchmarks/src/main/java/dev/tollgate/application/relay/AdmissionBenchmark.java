package dev.tollgate.application.relay;

import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.persistence.embedded.EmbeddedLiveStore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long admission takes on the embedded live store: the live store's step alone, and all of {@link Admitting}. Each
 * call is cancelled outside the measured time; the store's clock goes on by {@link TypicalCalls#PACE_MILLIS} a call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class AdmissionBenchmark {
    private final TypicalCalls calls = new TypicalCalls();
    private final EmbeddedLiveStore liveStore =
            new EmbeddedLiveStore(new InMemoryUsageLedger(), calls.clock(), 16, 100_000);
    private final Admitting admitting = calls.admitting(liveStore);

    private Entrance.Result.Granted call;
    private Reserve reserve;

    @Setup(Level.Invocation)
    public void nextCall() {
        call = calls.next();
        if (!(admitting.open(call) instanceof Admitting.Opening.Open(Asking asking))) {
            throw new IllegalStateException("nobody can pay");
        }
        reserve = asking.reserve();
    }

    @Benchmark
    public Object reserve() {
        return held(liveStore.reserve(reserve));
    }

    @Benchmark
    public Object admit() {
        return admitted(admitting.admit(call));
    }

    @TearDown(Level.Invocation)
    public void cancel() {
        liveStore.cancel(call.call().id());
    }

    private static Reservation held(Reservation answer) {
        if (!(answer instanceof Reservation.Held)) {
            throw new IllegalStateException("refused: " + answer);
        }
        return answer;
    }

    private static Admission admitted(Admission answer) {
        if (!(answer instanceof Admission.Admitted)) {
            throw new IllegalStateException("refused: " + answer);
        }
        return answer;
    }
}
