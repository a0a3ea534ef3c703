package io.headwaiter.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class MessagesTest {

    @Test
    void both_languages_say_the_same_things_with_the_same_arguments() throws IOException {
        Properties english = messages("en");
        Properties spanish = messages("es");

        assertThat(spanish.keySet()).isEqualTo(english.keySet());
        english.stringPropertyNames()
                .forEach(name -> assertThat(arguments(spanish, name)).as(name).isEqualTo(arguments(english, name)));
    }

    private static String arguments(Properties messages, String name) {
        return messages.getProperty(name).replaceAll("\\{(\\d)[^{}]*(\\{\\d}[^{}]*)?}|[^{]", "$1");
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        try (Reader reader = new InputStreamReader(
                new ClassPathResource("messages_" + language + ".properties").getInputStream(),
                StandardCharsets.UTF_8)) {
            messages.load(reader);
        }
        return messages;
    }
}
