package dev.tollgate.bootstrap.demo;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.money.Money;
import java.util.Map;

/**
 * Who takes part in the demonstration.
 *
 * @param laptop ada's key, paid by her subscription
 * @param server ben's key, bound to his quota
 * @param scripts ben's other key, which the demonstration's month has paid by his credit
 * @param keys the keys' texts by their names
 * @param codes redeem codes' texts by their names
 */
record DemoPeople(
        Account account,
        User ada,
        User ben,
        UserPackage subscription,
        UserPackage quota,
        Money credit,
        ApiKey laptop,
        ApiKey server,
        ApiKey scripts,
        Map<String, String> keys,
        Map<String, String> codes) {}
