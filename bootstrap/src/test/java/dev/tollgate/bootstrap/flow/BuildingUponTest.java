package dev.tollgate.bootstrap.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls that build upon what earlier answers left at their accounts. */
class BuildingUponTest {
    private final Relay relay = new Relay(Money.ofNanos(1_000_000_000));

    @Test
    void go_to_the_account_that_made_it_whatever_comes_first_otherwise() {
        AccountId first = relay.accounts.add(0, request -> making("resp_1"));
        AccountId second = relay.accounts.add(1, request -> making("resp_2"));
        relay.call(relay.client(), Relay.MODEL, 50L);
        relay.accounts.disable(first);
        relay.call(relay.client(), Relay.MODEL, 50L);
        relay.accounts.enable(first);

        relay.buildingUpon("resp_2");
        relay.buildingUpon("resp_1");

        assertThat(relay.accounts.asked())
                .extracting(request -> request.account().id())
                .containsExactly(first, second, second, first);
    }

    @Test
    void are_refused_when_nobody_is_known_to_have_made_it() {
        relay.accounts.add(0, request -> making("resp_1"));
        relay.accounts.add(1, request -> making("resp_2"));

        assertThat(refusal(relay.buildingUpon("resp_9")).status()).isEqualTo(400);
        assertThat(relay.accounts.asked()).isEmpty();
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void are_refused_when_several_accounts_would_be_needed() {
        AccountId first = relay.accounts.add(0, request -> making("resp_1"));
        relay.accounts.add(1, request -> making("file_2"));
        relay.call(relay.client(), Relay.MODEL, 50L);
        relay.accounts.disable(first);
        relay.call(relay.client(), Relay.MODEL, 50L);
        relay.accounts.enable(first);

        assertThat(refusal(relay.buildingUpon("resp_1", "file_2")).message()).contains("different upstream accounts");
    }

    @Test
    void need_no_memory_where_there_is_one_account_only() {
        relay.accounts.add(0, request -> making("resp_1"));

        assertThat(relay.buildingUpon("resp_9")).isInstanceOf(RelayOutcome.Answered.class);
    }

    private static CallError refusal(RelayOutcome outcome) {
        assertThat(outcome).isInstanceOf(RelayOutcome.Refused.class);
        return ((RelayOutcome.Refused) outcome).error();
    }

    private static Answer making(String id) {
        Metered metered = new Metered(new UsageReport.Reported(Usage.of(TokenUsage.of(1, 1))), Set.of(), List.of(id));
        return new Answer.Whole(new AnswerHead(200, List.of()), new byte[0], metered);
    }
}
