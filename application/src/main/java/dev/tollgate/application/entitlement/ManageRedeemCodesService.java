package dev.tollgate.application.entitlement;

import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Origin;
import dev.tollgate.application.entitlement.RedeemCode.Status;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.entitlement.RedeemCodes.Fresh;
import dev.tollgate.application.entitlement.RedeemCodes.Wanted;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.CodeText;
import dev.tollgate.domain.entitlement.PackageOffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps redeem codes. */
public final class ManageRedeemCodesService implements ManageRedeemCodes {
    private final RedeemCodes codes;
    private final Packages offers;
    private final KeyDigests digests;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ManageRedeemCodesService(
            RedeemCodes codes, Packages offers, KeyDigests digests, Ids ids, InstantSource clock) {
        this.codes = codes;
        this.offers = offers;
        this.digests = digests;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Issued issue(Batch batch) {
        if (batch.count() < 1 || batch.count() > COUNT_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + COUNT_MAX + " codes, not " + batch.count());
        }
        return switch (batch.gift()) {
            case Gift.OfCredit credit -> make(batch);
            case Gift.OfPackage given -> {
                PackageOffer offer = offers.find(given.offer()).orElse(null);
                if (offer == null) {
                    yield new Issued.NoSuchPackage();
                }
                yield offer.active() ? make(batch) : new Issued.Withdrawn();
            }
        };
    }

    private Issued make(Batch batch) {
        Origin origin = new Origin(ids.next(), batch.creator(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        List<NewCode> made = new ArrayList<>();
        List<Fresh> stored = new ArrayList<>();
        for (int i = 0; i < batch.count(); i++) {
            CodeText text = CodeText.generate(random::nextInt);
            RedeemCode code =
                    new RedeemCode(ids.next(), origin, text.prefix(), text.last4(), batch.gift(), batch.terms(), null);
            made.add(new NewCode(code, text));
            stored.add(new Fresh(code, digests.of(text.text()).getFirst()));
        }
        codes.add(stored);
        return new Issued.Done(origin.batch(), made);
    }

    @Override
    public Page<RedeemCode> list(@Nullable Status status, @Nullable Long batch, PageQuery query) {
        Instant now = clock.instant();
        Optional<CodeText> whole = query.search() == null ? Optional.empty() : CodeText.read(query.search());
        if (whole.isEmpty()) {
            return codes.list(new Wanted(status, batch, now), query);
        }
        List<RedeemCode> found = codes.find(digests.of(whole.get().text())).stream()
                .filter(code -> status == null || code.at(now) == status)
                .filter(code -> batch == null || code.origin().batch() == batch)
                .toList();
        return new Page<>(query.offset() == 0 ? found : List.of(), found.size());
    }

    @Override
    public Optional<RedeemCode> find(long id) {
        return codes.find(id);
    }

    @Override
    public Optional<RedeemCode> change(long id, UnaryOperator<Terms> change) {
        return codes.change(id, change);
    }

    @Override
    public Optional<RedeemCode> remove(long id) {
        return codes.remove(id);
    }
}
