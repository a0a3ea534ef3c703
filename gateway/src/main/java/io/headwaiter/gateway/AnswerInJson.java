package io.headwaiter.gateway;

import io.headwaiter.schemas.MessageJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Answers are written as messages are: members in snake_case, absent instead of null, instants in UTC. */
@Configuration(proxyBeanMethods = false)
class AnswerInJson {

    @Bean
    JsonMapper jsonMapper() {
        return MessageJson.mapper();
    }
}
