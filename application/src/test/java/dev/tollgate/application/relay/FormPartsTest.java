package dev.tollgate.application.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.FormParts.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormPartsTest {
    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final String FORM = """
            --b
            Content-Disposition: form-data; name="model"

            whisper-1
            --b
            content-disposition: form-data; name=file; filename="a \\" b.mp3"
            Content-Type: audio/mpeg


            --c

            --b
            Content-Disposition: form-data; name="empty"


            --b--
            """.replace("\n", "\r\n");

    @Test
    void finds_fields_and_files_in_their_order() {
        FormParts parts = parts(FORM);

        assertThat(parts.parts()).extracting(Part::name).containsExactly("model", "file", "empty");
        assertThat(parts.text("model")).isEqualTo("whisper-1");
        assertThat(parts.text("empty")).isEmpty();
        assertThat(parts.text("file")).isNull();
        assertThat(parts.files()).extracting(Part::length).containsExactly("\r\n--c\r\n".length());
    }

    @Test
    void puts_another_text_in_place_of_a_fields() {
        FormParts parts = parts(FORM);

        assertThat(new String(parts.with("model", "whisper-large"), UTF_8))
                .isEqualTo(FORM.replace("whisper-1", "whisper-large"));
        assertThat(parts.with("nothing", "x")).isEqualTo(FORM.getBytes(UTF_8));
    }

    @Test
    void lets_lists_and_files_stand_more_than_once() {
        String list = field("include[]", "a") + field("include[]", "b");
        String files = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"1\"\r\n\r\nx\r\n";

        assertThat(parts(list + files + files + "--b--").parts()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=\"b\"",
                "Multipart/Form-Data;charset=utf-8;boundary=b",
                "multipart/form-data; boundary=b ; charset=utf-8"
            })
    void takes_the_boundary_as_clients_write_it(String type) {
        assertThat(FormParts.scan(FORM.getBytes(UTF_8), type)).isInstanceOf(FormParts.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=b; boundary=c",
                "multipart/form-data; boundary=c"
            })
    void refuses_a_form_without_its_boundary(String type) {
        assertThat(FormParts.scan(FORM.getBytes(UTF_8), type)).isInstanceOf(FormScan.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "model, 'form-data; name=\"model\"\r\n\r\nm\r\n--b\r\nContent-Disposition: form-data; name=\"model\"'",
                "model, 'form-data; name=\"model\"\r\nContent-Disposition: form-data; name=\"x\"'",
                "model, 'form-data; name=\"model\"; name=\"x\"'",
                "-, 'form-data; name*=utf-8''''model'",
                "-, 'form-data; filename=\"x\"'",
                "-, 'form-data; name=\"mo\\\"del\"'",
                "-, 'form-data; name=\"model'",
                "-, 'attachment; name=\"model\"'",
                "-, 'form-data; name=\"model\"\r\nContent-Transfer-Encoding: base64'",
                "-, 'form-data; name=\"model\"\r\n folded: x'",
                "-, 'form-data; name=\"model\"\nX-Line: x'"
            })
    void refuses_what_two_readers_could_take_differently(String part, String disposition) {
        FormScan scan = scan("--b\r\nContent-Disposition: " + disposition + "\r\n\r\nm\r\n--b--\r\n");

        assertThat(scan).isInstanceOf(FormScan.Malformed.class);
        assertThat(((FormScan.Malformed) scan).part()).isEqualTo(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--", "x--b--", "--b", "--b\r\n", "--bb--", "--b\r\n\r\nx\r\n--b--", "--b\n"})
    void refuses_what_is_no_form(String body) {
        assertThat(scan(body)).isInstanceOf(FormScan.Malformed.class);
    }

    @Test
    void names_the_part_that_has_no_end() {
        assertThat(scan(field("model", "m") + "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc"))
                .isEqualTo(new FormScan.Malformed("no boundary ends it", "file"));
    }

    @Test
    void refuses_more_parts_than_anybody_needs() {
        String many = field("list[]", "x").repeat(FormScan.PARTS_MAX + 1) + "--b--";

        assertThat(scan(many)).isInstanceOf(FormScan.Malformed.class);
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static FormParts parts(String form) {
        return (FormParts) scan(form);
    }

    private static FormScan scan(String form) {
        return FormParts.scan(form.getBytes(UTF_8), TYPE);
    }
}
