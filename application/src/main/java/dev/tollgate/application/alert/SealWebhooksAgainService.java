package dev.tollgate.application.alert;

import dev.tollgate.application.identity.SealAgain;
import dev.tollgate.application.identity.Vault;
import java.util.Optional;

/** Seals webhooks' secrets again. */
public final class SealWebhooksAgainService implements SealAgain {
    private final Webhooks webhooks;
    private final Vault vault;

    public SealWebhooksAgainService(Webhooks webhooks, Vault vault) {
        this.webhooks = webhooks;
        this.vault = vault;
    }

    @Override
    public int sealAgain() {
        int sealed = 0;
        for (Webhook stored : webhooks.all()) {
            if (opened(stored).isPresent()) {
                sealed += webhooks.change(stored.id(), this::sealedAgain)
                        .map(changed -> 1)
                        .orElse(0);
            }
        }
        return sealed;
    }

    private Webhook sealedAgain(Webhook stored) {
        return opened(stored)
                .map(secret -> stored.with(vault.seal(secret, ManageWebhooksService.place(stored.id()))))
                .orElse(stored);
    }

    /** A secret that an earlier key sealed; empty if the present one did, or one that we do not have. */
    private Optional<String> opened(Webhook stored) {
        if (!vault.isStale(stored.sealedSecret())) {
            return Optional.empty();
        }
        try {
            return Optional.of(vault.open(stored.sealedSecret(), ManageWebhooksService.place(stored.id())));
        } catch (Vault.CannotOpen lost) {
            return Optional.empty(); // deliveries to it tell of it
        }
    }
}
