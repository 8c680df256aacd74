package dev.tollgate.web.relay.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.conversation.RawJson;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members of a body, read with their paths. */
class MembersTest {
    private final Findings findings = new Findings();

    @Test
    void members_of_the_right_kind_are_read() {
        Members body = body("{\"t\":\"x\",\"f\":true,\"w\":7,\"n\":1.50,\"o\":{\"a\":null},\"l\":[\"x\"]}");

        assertThat(body.text("t")).isEqualTo("x");
        assertThat(body.isTrue("f")).isTrue();
        assertThat(body.whole("w")).isEqualTo(7);
        assertThat(body.number("n")).isEqualTo(new RawJson("1.50"));
        assertThat(body.raw("o")).isEqualTo(new RawJson("{\"a\":null}"));
        assertThat(body.texts("l")).containsExactly("x");
        assertThat(body.object("o"))
                .isNotNull()
                .satisfies(inner -> assertThat(inner.has("a")).isFalse());
        assertThat(body.text("none")).isNull();
        assertThat(findings.error()).isNull();
    }

    @Test
    void a_wrong_member_is_refused_by_its_path() {
        assertThat(refused(
                        "{\"a\":[{\"b\":{\"c\":1}}]}",
                        body -> body.objects("a").forEach(element -> {
                            Members inner = element.object("b");
                            assertThat(inner).isNotNull();
                            assertThat(inner.text("c")).isNull();
                        })))
                .isEqualTo("a[0].b.c");
        assertThat(refused("{}", body -> assertThat(body.needText("a")).isEmpty()))
                .isEqualTo("a");
        assertThat(refused("{\"a\":\"x\"}", body -> assertThat(body.flag("a")).isNull()))
                .isEqualTo("a");
        assertThat(refused("{\"a\":1.5}", body -> assertThat(body.whole("a")).isNull()))
                .isEqualTo("a");
        assertThat(refused("{\"a\":[]}", body -> assertThat(body.number("a")).isNull()))
                .isEqualTo("a");
        assertThat(refused("{\"a\":[]}", body -> assertThat(body.object("a")).isNull()))
                .isEqualTo("a");
        assertThat(refused("{\"a\":{}}", body -> assertThat(body.texts("a")).isEmpty()))
                .isEqualTo("a");
        assertThat(refused(
                        "{\"a\":[\"x\",1]}", body -> assertThat(body.texts("a")).hasSize(1)))
                .isEqualTo("a[1]");
        assertThat(refused("{\"a\":[1]}", body -> assertThat(body.objects("a")).isEmpty()))
                .isEqualTo("a[0]");
    }

    @Test
    void the_first_refusal_counts() {
        findings.refuse("first", "is wrong");
        findings.refuse("second", "is wrong");

        assertThat(findings.error())
                .isEqualTo(new CallError(
                        CallError.Code.INVALID_REQUEST, 400, "Invalid value for 'first': is wrong.", "first", null));
    }

    @Test
    void what_nobody_asked_for_is_left_out_and_named() {
        Members body = body("{\"known\":1,\"passed\":1,\"null\":null,\"odd\":1,\"x\\r\\ny\":1}");
        body.pass("passed");

        assertThat(body.has("known")).isTrue();
        body.dropRest();

        assertThat(findings.dropped()).containsExactly("odd", "x??y");
    }

    @Test
    void names_are_told_once_and_not_without_end() {
        findings.drop("tools[0].strict");
        findings.drop("tools[1].strict");
        assertThat(findings.dropped()).containsExactly("tools[].strict");

        IntStream.range(0, 100).forEach(i -> findings.drop("name" + i));
        findings.drop("x".repeat(1_000));
        assertThat(findings.dropped()).hasSizeLessThan(60).endsWith("...");
    }

    private String refused(String json, Consumer<Members> reading) {
        Findings own = new Findings();
        reading.accept(new Members(RequestJson.object(json.getBytes(UTF_8)), "", own));
        CallError error = own.error();
        assertThat(error).isNotNull();
        return String.valueOf(error.field());
    }

    private Members body(String json) {
        return new Members(RequestJson.object(json.getBytes(UTF_8)), "", findings);
    }
}
