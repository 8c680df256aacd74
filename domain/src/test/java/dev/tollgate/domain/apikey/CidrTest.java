package dev.tollgate.domain.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.128, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::8000:0:0:0/65, 2001:db8::8000:0:0:1, true",
        "2001:db8::8000:0:0:0/65, 2001:db8::7fff:0:0:1, false",
        "::1, ::1, true",
        "::/0, 2001:db8::1, true",
    })
    void holds_the_addresses_that_share_its_prefix(String block, String address, boolean holds) {
        assertThat(new Cidr(block).contains(bytes(address))).isEqualTo(holds);
    }

    @Test
    void takes_an_ipv4_address_in_ipv6_clothes_for_what_it_is() {
        byte[] mapped = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
        assertThat(new Cidr("10.0.0.0/8").contains(mapped)).isTrue();
        assertThat(new Cidr("::ffff:10.0.0.0/104").contains(bytes("10.1.2.3"))).isTrue();
        assertThat(new Cidr("::ffff:a01:203").contains(mapped)).isTrue();
    }

    @Test
    void of_one_family_holds_nothing_of_the_other() {
        assertThat(new Cidr("::/0").contains(bytes("10.1.2.3"))).isFalse();
        assertThat(new Cidr("0.0.0.0/0").contains(bytes("2001:db8::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0",
                "10.0.0.0.0",
                "10.0.0.256",
                "10.0.0.-1",
                "010.0.0.1",
                "0x0a.0.0.1",
                "1.2.3.4 ",
                "localhost",
                "example.com",
                "999.1.1.1",
                "::g",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "::1.2.3",
                "1.2.3.4::",
                "fe80::1%eth0",
                "::1/129",
                "::/128 ",
                "1:",
                ":1",
                "٣.1.1.1",
                "::٣"
            })
    void is_nothing_else(String text) {
        assertThatThrownBy(() -> new Cidr(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_a_hostile_text_at_once() {
        assertThatThrownBy(() -> new Cidr("1:".repeat(1_000_000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cidr("1.".repeat(1_000_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reads_what_the_platform_writes() throws UnknownHostException {
        SplittableRandom random = new SplittableRandom(6L);
        for (int i = 0; i < 2_000; i++) {
            byte[] address = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(address);
            address[address.length / 2] = 0;
            String text = InetAddress.getByAddress(address).getHostAddress();
            assertThat(new Cidr(text).contains(address)).as(text).isTrue();
        }
    }

    @Test
    void holds_the_addresses_texts_say_and_never_resolves_a_name() {
        Cidr block = new Cidr("10.0.0.0/8");
        assertThat(block.containsAddress("10.1.2.3")).isTrue();
        assertThat(block.containsAddress("::ffff:10.1.2.3")).isTrue();
        assertThat(block.containsAddress("11.1.2.3")).isFalse();
        assertThat(block.containsAddress("10.1.2.999")).isFalse();
        assertThat(block.containsAddress("localhost")).isFalse();
        assertThat(new Cidr("fe80::/10").containsAddress("fe80::1%eth0")).isTrue();
        assertThat(Cidr.isAddress("10.1.2")).isFalse();
        assertThat(Cidr.isAddress("2001:db8::1")).isTrue();
    }

    @Test
    void is_the_text_it_was_entered_as() {
        assertThat(new Cidr("10.0.0.0/8")).isEqualTo(new Cidr("10.0.0.0/8")).hasSameHashCodeAs(new Cidr("10.0.0.0/8"));
        assertThat(new Cidr("10.0.0.0/8")).isNotEqualTo(new Cidr("10.0.0.0/9")).hasToString("10.0.0.0/8");
        assertThatThrownBy(() -> new Cidr("10.0.0.0/8").contains(new byte[5]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
