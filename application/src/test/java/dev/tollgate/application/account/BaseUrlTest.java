package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
    private static final AddressRules STRICT = new AddressRules(false);
    private static final AddressRules LABORATORY = new AddressRules(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com/v1",
                "https://my-resource.openai.azure.com:8443/openai",
                "https://8.8.8.8/v1",
                "https://[2606:4700::1111]/v1"
            })
    void a_public_https_address_is_right(String url) {
        assertThat(BaseUrl.wrong(url, STRICT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.openai.com",
                "https://localhost/v1",
                "https://printer.local",
                "https://metadata.google.internal/",
                "https://127.0.0.1",
                "https://0.0.0.0",
                "https://10.1.2.3",
                "https://172.31.0.1",
                "https://192.168.1.1",
                "https://100.64.0.1",
                "https://169.254.169.254/latest",
                "https://[::1]",
                "https://[::]",
                "https://[::ffff:127.0.0.1]",
                "https://[::ffff:7f00:1]",
                "https://[fd00::1]",
                "https://[fe80::1]",
                "https://[64:ff9b::7f00:1]",
                "https://[2002:7f00:1::]"
            })
    void what_leads_into_a_private_network_is_right_only_in_a_laboratory(String url) {
        assertThat(BaseUrl.wrong(url, STRICT)).isNotNull();
        assertThat(BaseUrl.wrong(url, LABORATORY)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.openai.com",
                "ftp://api.openai.com",
                "file:///etc/passwd",
                "https://user:pass@api.openai.com",
                "https://api.openai.com/?a=b",
                "https://api.openai.com/#x",
                "https://api.openai.com./v1",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://1.2.3.4.5/",
                "https://256.1.1.1/",
                "https://[fe80::1%25eth0]/",
                "https://api.openai.com:99999/",
                "https://exa mple.com/",
                "https:///v1"
            })
    void what_is_malformed_or_oddly_spelt_is_never_right(String url) {
        assertThat(BaseUrl.wrong(url, STRICT)).isNotNull();
        assertThat(BaseUrl.wrong(url, LABORATORY)).isNotNull();
    }

    @Test
    void a_url_has_a_bounded_length() {
        assertThat(BaseUrl.wrong("https://example.test/" + "x".repeat(500), STRICT))
                .isNotNull();
    }
}
