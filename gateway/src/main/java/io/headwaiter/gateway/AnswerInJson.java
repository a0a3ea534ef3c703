package io.headwaiter.gateway;

import io.headwaiter.schemas.MessageJson;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Answers are written as messages are: members in snake_case, absent instead of null, instants in UTC. */
@Configuration(proxyBeanMethods = false)
class AnswerInJson implements WebMvcConfigurer {

    @Bean
    JsonMapper jsonMapper() {
        return MessageJson.mapper();
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new JsonOfKnownLength());
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(new AcceptByTypeAlone()));
    }

    /**
     * JSON has no parameters (RFC 8259): who accepts it in UTF-16 gets it as it is. Otherwise that would be noticed only when the
     * answer is written, and by then what was asked for is done.
     */
    private static final class AcceptByTypeAlone implements ContentNegotiationStrategy {

        private final HeaderContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

        @Override
        public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
            return header.resolveMediaTypes(request).stream()
                    .map(type -> new MediaType(type.getType(), type.getSubtype(), type.getQualityValue()))
                    .toList();
        }
    }
}
