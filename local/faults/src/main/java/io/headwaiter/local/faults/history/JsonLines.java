package io.headwaiter.local.faults.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A history in a file, an entry a line. */
final class JsonLines {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private JsonLines() {}

    static String write(Entry entry) {
        return JSON.writerFor(Entry.class).writeValueAsString(entry);
    }

    static List<Entry> read(Path file) {
        Sharing sharing = new Sharing();
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> sharing.share(JSON.readValue(line, Entry.class)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
