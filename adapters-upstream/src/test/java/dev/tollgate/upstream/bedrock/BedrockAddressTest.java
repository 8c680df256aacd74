package dev.tollgate.upstream.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.account.Connection;
import dev.tollgate.upstream.http.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockAddressTest {
    @ParameterizedTest
    @CsvSource({
        "us-east-1,bedrock-runtime.us-east-1.amazonaws.com",
        "cn-north-1,bedrock-runtime.cn-north-1.amazonaws.com.cn"
    })
    void the_region_is_in_the_host(String region, String host) {
        Target target = target(null, region, "amazon.nova-lite-v1:0");

        assertThat(target.origin().host()).isEqualTo(host);
        assertThat(target.origin().tls()).isTrue();
        assertThat(target.pathAndQuery()).isEqualTo("/model/amazon.nova-lite-v1%3A0/converse");
    }

    @Test
    void an_arn_is_one_segment_of_the_path() {
        String arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";

        assertThat(target(null, "us-east-1", arn).pathAndQuery())
                .isEqualTo("/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile"
                        + "%2Fabc/converse");
    }

    @Test
    void a_base_replaces_host_and_prefix() {
        Target target = target("https://proxy.example/bedrock/", "us-east-1", "m");

        assertThat(target.origin().host()).isEqualTo("proxy.example");
        assertThat(target.pathAndQuery()).isEqualTo("/bedrock/model/m/converse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1.evil.example/", "", "US EAST"})
    void what_is_no_region_leads_nowhere(String region) {
        assertThatThrownBy(() -> target(null, region, "m")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Target target(String base, String region, String model) {
        return BedrockAddress.of(new Connection(base, Map.of("region", region), null, Map.of()), model, "converse");
    }
}
