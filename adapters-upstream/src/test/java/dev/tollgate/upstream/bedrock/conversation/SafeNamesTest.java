package dev.tollgate.upstream.bedrock.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SafeNamesTest {
    @Test
    void different_names_stay_different_and_find_their_way_back() {
        String long1 = "mcp__server__" + "a".repeat(70) + "1";
        String long2 = "mcp__server__" + "a".repeat(70) + "2";
        List<String> all = List.of("get.file", "get_file", "get file", "ü", long1, long2, "", "get.file");

        SafeNames names = new SafeNames(all);

        assertThat(names.safe("get_file")).isEqualTo("get_file");
        assertThat(all.stream().distinct().map(names::safe))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}"));
        assertThat(all).allMatch(name -> names.original(names.safe(name)).equals(name));
    }
}
