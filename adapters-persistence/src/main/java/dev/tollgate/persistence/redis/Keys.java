package dev.tollgate.persistence.redis;

import dev.tollgate.application.usage.Totalled;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** One shard's keys: they share a hash tag, so that one script may touch them all, in a cluster too. */
record Keys(int number) {
    /** Which deployment the data is of. */
    static final String DEPLOYMENT = "deployment";

    /** What a shard knows of itself: generation, entries waiting for SQL, the last that is in SQL. */
    String shard() {
        return key("shard");
    }

    String open() {
        return key("open");
    }

    String lease() {
        return key("lease");
    }

    String ticket() {
        return key("ticket");
    }

    String progress() {
        return key("progress");
    }

    String events() {
        return key("usage:events");
    }

    /** The names of all subjects a counter was ever seeded for. */
    String subjects() {
        return key("subjects");
    }

    String mark(RequestId id) {
        return key("mark:" + id.text());
    }

    String subject(Subject subject) {
        return switch (subject.kind()) {
            case PACKAGE -> key("pkg:" + subject.id());
            case CREDIT -> key("credit:" + subject.id());
            case USER -> key("limit:user:" + subject.id());
            case KEY -> key("limit:key:" + subject.id());
        };
    }

    String total(Totalled whose) {
        return switch (whose) {
            case Totalled.OfAccount(AccountId account) -> key("cost:account:" + account.value());
            case Totalled.OfUser(UserId user) -> key("usage:user:" + user.value());
            case Totalled.OfKey(ApiKeyId key) -> key("usage:key:" + key.value());
            case Totalled.Everyone everyone -> key("usage:all");
        };
    }

    /** One's totals of a UTC day. */
    String total(Totalled whose, LocalDate day) {
        return switch (whose) {
            case Totalled.OfAccount(AccountId account) -> key("cost:account:daily:" + account.value() + ":" + day);
            case Totalled.OfUser user -> total(user) + ":daily:" + day;
            case Totalled.OfKey key -> total(key) + ":daily:" + day;
            case Totalled.Everyone everyone -> total(everyone) + ":daily:" + day;
        };
    }

    /** The names of those that calls were counted for while their totals were cold. */
    String coldTotals() {
        return key("totals:cold");
    }

    /** The names of all whose totals were ever set. */
    String warmTotals() {
        return key("totals:warm");
    }

    private String key(String rest) {
        return "{s" + number + "}:" + rest;
    }

    static String slots(AccountId account) {
        return "{acct:" + account.value() + "}:slots";
    }

    /** What the running calls can cost the account upstream, each by its id. */
    static String heldUpstream(AccountId account) {
        return "{acct:" + account.value() + "}:held";
    }

    static String spentUpstream(AccountId account, LocalDate day) {
        return "{acct:" + account.value() + "}:spent:" + day;
    }

    static String session(String digest) {
        return "session:" + digest;
    }

    static Set<Subject> subjects(Collection<SubjectWindows> windows) {
        Set<Subject> subjects = new LinkedHashSet<>();
        windows.forEach(of -> subjects.add(of.subject()));
        return subjects;
    }
}
