package dev.tollgate.application.account;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.identity.GroupId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What an account must be like before it is kept. */
final class AccountFormRules {
    private static final Set<String> PROXY_SCHEMES = Set.of("http", "socks5", "socks5h");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    /** Ours to set: who we are to the upstream, and how the message is framed. */
    private static final Set<String> OUR_HEADERS = Set.of(
            "authorization",
            "x-api-key",
            "api-key",
            "x-goog-api-key",
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "accept-encoding",
            "cookie");

    private final AddressRules addresses;
    private final AccountGroups groups;

    AccountFormRules(AddressRules addresses, AccountGroups groups) {
        this.addresses = addresses;
        this.groups = groups;
    }

    List<FieldError> check(AccountForm form, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>(CredentialRules.check(form.type(), credentials, addresses));
        checkAccess(form, errors);
        checkGroups(form.serving().groups(), errors);
        return errors;
    }

    private void checkAccess(AccountForm form, List<FieldError> errors) {
        String baseUrl = form.access().baseUrl();
        String wrong = baseUrl == null ? null : BaseUrl.wrong(baseUrl, addresses);
        if (wrong != null) {
            errors.add(new FieldError("base_url", wrong));
        }
        if (baseUrl == null && form.type() == AccountType.AZURE_OPENAI) {
            errors.add(new FieldError("base_url", "is required: every Azure resource has its own"));
        }
        String proxyUrl = form.access().proxyUrl();
        if (proxyUrl != null && !isProxy(proxyUrl)) {
            errors.add(new FieldError("proxy_url", "must be an http or socks5 URL with a host and a port"));
        }
        if (proxyUrl != null && ProxyUrl.isMasked(proxyUrl)) {
            errors.add(new FieldError("proxy_url", "needs its password: a mask stands in its place"));
        }
        form.access().extraHeaders().forEach((name, value) -> checkHeader(name, value, errors));
    }

    private static void checkHeader(String name, String value, List<FieldError> errors) {
        boolean ours = OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT));
        boolean printable = value.chars().allMatch(character -> character >= ' ' && character <= '~');
        if (ours || !printable || !HEADER_NAME.matcher(name).matches()) {
            errors.add(new FieldError("extra_headers." + name, "must be a printable header that is not set by us"));
        }
    }

    private void checkGroups(Set<GroupId> asked, List<FieldError> errors) {
        if (!asked.isEmpty()) {
            List<GroupId> known = groups.all().stream().map(AccountGroup::id).toList();
            asked.stream()
                    .filter(group -> !known.contains(group))
                    .forEach(group -> errors.add(new FieldError("group_ids", "no such group: " + group.value())));
        }
    }

    private static boolean isProxy(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() != null
                    && url.getPort() > 0
                    && url.getScheme() != null
                    && PROXY_SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }
}
