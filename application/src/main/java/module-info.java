import org.jspecify.annotations.NullMarked;

/** The use cases and the ports around them: straight, blocking code that knows the domain and no framework. */
@NullMarked
module dev.tollgate.application {
    requires transitive dev.tollgate.domain;
    requires static org.jspecify;

    exports dev.tollgate.application.identity;
    exports dev.tollgate.application.apikey;
    exports dev.tollgate.application.account;
    exports dev.tollgate.application.pricing;
    exports dev.tollgate.application.entitlement;
    exports dev.tollgate.application.usage;
    exports dev.tollgate.application.relay;
    exports dev.tollgate.application.relay.conversation;
    exports dev.tollgate.application.alert;
}
