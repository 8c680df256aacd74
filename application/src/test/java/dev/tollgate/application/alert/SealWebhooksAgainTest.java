package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.identity.SealAgain;
import dev.tollgate.application.identity.Vault;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealWebhooksAgainTest {
    private static final WebhookId ID = new WebhookId(7);
    private static final Vault.Place PLACE = ManageWebhooksService.place(ID);

    private final Webhooks webhooks = new Raised().outbox;
    private final Vault rotating = new InMemoryVault(2);
    private final SealAgain again = new SealWebhooksAgainService(webhooks, rotating);

    @Test
    void a_secret_of_the_key_before_is_sealed_by_the_new_one_once() {
        webhooks.add(webhook(new InMemoryVault(1).seal("whsec_0123456789", PLACE)));

        assertThat(again.sealAgain()).isOne();
        assertThat(again.sealAgain()).isZero();

        String sealed = webhooks.find(ID).orElseThrow().sealedSecret();
        assertThat(new InMemoryVault(3).open(sealed, PLACE)).isEqualTo("whsec_0123456789");
    }

    @Test
    void a_secret_that_no_key_opens_stays_as_it_is() {
        String lost = new InMemoryVault(9).seal("whsec_0123456789", PLACE);
        webhooks.add(webhook(lost));

        assertThat(again.sealAgain()).isZero();
        assertThat(webhooks.find(ID).orElseThrow().sealedSecret()).isEqualTo(lost);
    }

    private static Webhook webhook(String sealed) {
        return new Webhook(
                ID,
                null,
                "https://up.example",
                Set.of("*"),
                sealed,
                true,
                Webhook.Standing.NONE,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
