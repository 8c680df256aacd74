package dev.tollgate.web.admin.account;

import dev.tollgate.application.account.Access;
import dev.tollgate.application.account.AccountForm;
import dev.tollgate.application.account.CredentialField;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import io.micronaut.json.tree.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of a call that makes or edits an account. */
final class AccountBody {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int URL_LENGTH_MAX = 500;
    private static final int HEADER_LENGTH_MAX = 2000;
    private static final int SECRET_LENGTH_MAX = 10_000;
    private static final int PRIORITY_MAX = 1_000_000;
    private static final int WEIGHT_MAX = 10_000;
    private static final int CONCURRENCY_MAX = 1_000_000;
    private static final Map<String, AccountType> TYPES = Arrays.stream(AccountType.values())
            .collect(Collectors.toMap(AccountType::wireName, type -> type, (a, b) -> a, LinkedHashMap::new));

    private final Given<String> name;
    private final Given<AccountType> type;
    private final Given<String> baseUrl;
    private final Given<Map<String, @Nullable String>> credentials;
    private final Given<Integer> priority;
    private final Given<Integer> weight;
    private final Given<Integer> maxConcurrency;
    private final Given<Money> dailyBudget;
    private final Given<Set<String>> allowedModels;
    private final Given<Map<String, String>> modelMapping;
    private final Given<Set<Long>> groupIds;
    private final Given<String> proxyUrl;
    private final Given<Map<String, String>> extraHeaders;
    private final Given<Boolean> enabled;

    private AccountBody(JsonBody body, boolean creating) {
        this.name = body.text("name", NAME_LENGTH_MAX).requiredIf(creating);
        this.type = body.choice("type", TYPES).requiredIf(creating);
        this.baseUrl = body.text("base_url", URL_LENGTH_MAX);
        this.credentials = body.parsed("credentials", "must be an object of texts", AccountBody::secrets);
        this.priority = body.integer("priority", -PRIORITY_MAX, PRIORITY_MAX);
        this.weight = body.integer("weight", 1, WEIGHT_MAX);
        this.maxConcurrency = body.integer("max_concurrency", 0, CONCURRENCY_MAX);
        this.dailyBudget = body.money("daily_budget");
        this.allowedModels = body.texts("allowed_models", NAME_LENGTH_MAX);
        this.modelMapping = body.textsByName("model_mapping", NAME_LENGTH_MAX);
        this.groupIds = body.ids("group_ids");
        this.proxyUrl = body.text("proxy_url", URL_LENGTH_MAX);
        this.extraHeaders = body.textsByName("extra_headers", HEADER_LENGTH_MAX);
        this.enabled = body.flag("enabled");
        body.check();
    }

    static AccountBody create(@Nullable JsonNode body) {
        return new AccountBody(JsonBody.of(body), true);
    }

    static AccountBody edit(@Nullable JsonNode body) {
        return new AccountBody(JsonBody.of(body), false);
    }

    AccountForm form() {
        return onto(new AccountForm(
                name.value(), type.value(), Access.ORDINARY, Placement.ORDINARY, Serving.BY_FAMILY, true));
    }

    AccountForm onto(AccountForm current) {
        Placement placement = current.placement();
        Serving serving = current.serving();
        return new AccountForm(
                name.or(current.name()),
                type.or(current.type()),
                new Access(
                        baseUrl.orNull(current.access().baseUrl()),
                        proxyUrl.orNull(current.access().proxyUrl()),
                        extraHeaders.or(current.access().extraHeaders(), Map.of())),
                new Placement(
                        priority.or(placement.priority(), 0),
                        weight.or(placement.weight(), 1),
                        maxConcurrency.or(placement.maxConcurrency(), 0),
                        dailyBudget.or(placement.dailyBudget(), Money.ZERO)),
                new Serving(
                        new ModelPatterns(
                                allowedModels.or(serving.allowedModels().patterns(), Set.of())),
                        modelMapping.or(serving.modelMapping(), Map.of()),
                        groupIds.isGiven() ? groups() : serving.groups()),
                enabled.or(current.enabled(), true));
    }

    /** The credentials given; null clears one. */
    Map<String, @Nullable String> credentials() {
        return credentials.or(Map.of());
    }

    /** The credentials given, those that are null left out. */
    Map<String, String> newCredentials() {
        Map<String, String> given = new LinkedHashMap<>();
        credentials().forEach((field, secret) -> {
            if (secret != null) {
                given.put(field, secret);
            }
        });
        return given;
    }

    private Set<GroupId> groups() {
        return groupIds.or(Set.of(), Set.of()).stream().map(GroupId::new).collect(Collectors.toUnmodifiableSet());
    }

    /** An object of texts; the entries of an object inside are named with its own name before a dot. */
    private static @Nullable Map<String, @Nullable String> secrets(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        Map<String, @Nullable String> secrets = new LinkedHashMap<>();
        boolean right = flatten(node, name -> name, secrets);
        return right ? secrets : null;
    }

    private static boolean flatten(
            JsonNode node, Function<String, String> naming, Map<String, @Nullable String> secrets) {
        for (Map.Entry<String, JsonNode> entry : node.entries()) {
            String name = naming.apply(entry.getKey());
            JsonNode value = entry.getValue();
            boolean right = switch (value) {
                case JsonNode text
                when text.isString() && text.getStringValue().length() <= SECRET_LENGTH_MAX -> {
                    secrets.put(name, text.getStringValue());
                    yield true;
                }
                case JsonNode absent
                when absent.isNull() -> {
                    secrets.put(name, null);
                    yield true;
                }
                case JsonNode object
                when object.isObject() && name.equals(CredentialField.DEPLOYMENTS) ->
                    flatten(object, inner -> name + "." + inner, secrets);
                default -> false;
            };
            if (!right) {
                return false;
            }
        }
        return true;
    }
}
