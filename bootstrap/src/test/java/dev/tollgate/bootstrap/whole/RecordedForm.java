package dev.tollgate.bootstrap.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/** A recorded form made whole again: its fields as they were, in place of each file as many bytes of noise. */
record RecordedForm(
        String contentType,
        @SuppressWarnings("ArrayRecordComponent") byte[] bytes) {
    private static final String BOUNDARY = "b31f11f5d9f745f8bfe238614855c4ede3680099a32fe570510ad7cc73de";
    private static final int NOISE = 45_444;

    /** @param model is added where the fields were not kept, and a file with it */
    static RecordedForm of(JsonNode form, String model) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        form.path("fields")
                .properties()
                .forEach(field -> part(body, field.getKey(), field.getValue().asText()));
        if (!form.at("/fields/model").isTextual()) {
            part(body, "model", model);
        }
        form.path("files")
                .forEach(file -> file(
                        body,
                        file.path("name").asText(),
                        file.path("filename").asText(),
                        file.path("content_type").asText("application/octet-stream"),
                        file.path("size").asInt()));
        if (form.path("files").isEmpty()) {
            file(body, "file", "speech.mp3", "audio/mpeg", NOISE);
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return new RecordedForm("multipart/form-data; boundary=\"" + BOUNDARY + "\"", body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String name, String value) {
        String part =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=" + name + "\r\n\r\n" + value + "\r\n";
        body.writeBytes(part.getBytes(UTF_8));
    }

    private static void file(ByteArrayOutputStream body, String name, String filename, String type, int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=" + name + "; filename=\"" + filename
                + "\"\r\nContent-Type: " + (type.equals("null") ? "application/octet-stream" : type) + "\r\n\r\n";
        body.writeBytes(head.getBytes(UTF_8));
        body.writeBytes(noise);
        body.writeBytes("\r\n".getBytes(UTF_8));
    }
}
