import org.jspecify.annotations.NullMarked;

/** What a call costs, who may make it and who pays for it: values and rules, told the time, touching nothing. */
@NullMarked
module dev.tollgate.domain {
    requires static org.jspecify;

    exports dev.tollgate.domain.money;
    exports dev.tollgate.domain.identity;
    exports dev.tollgate.domain.apikey;
    exports dev.tollgate.domain.account;
    exports dev.tollgate.domain.pricing;
    exports dev.tollgate.domain.entitlement;
    exports dev.tollgate.domain.usage;
    exports dev.tollgate.domain.relay;
}
