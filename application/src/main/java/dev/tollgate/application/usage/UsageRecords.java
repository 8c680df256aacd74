package dev.tollgate.application.usage;

import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of calls, one a call, as SQL has them. */
public interface UsageRecords {
    /** Records newest first, those before a given one if one is given. */
    List<UsageRecord> list(RecordFilter filter, @Nullable RequestId before, int limit);

    Optional<Detail> find(RequestId id);

    /** A record with the lines that make up its charge and every attempt. */
    record Detail(UsageRecord record, Charge charge, List<AttemptRecord> attempts) {
        public Detail {
            attempts = List.copyOf(attempts);
        }
    }
}
