package io.headwaiter.gateway;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tomcat keeps about 100 KB of buffers for each request that it serves, and here thousands are served that only wait: for an outcome,
 * or for events. What they carry is small, and larger answers go through small buffers in more pieces.
 */
@Configuration(proxyBeanMethods = false)
class SmallBuffers {

    private static final int BYTES = 2048;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffersForConnections() {
        return factory -> factory.setProtocol(Protocol.class.getName());
    }

    /** HTTP/1.1. Tomcat makes it by its name, and asks it. */
    public static final class Protocol extends Http11NioProtocol {

        public Protocol() {
            SocketProperties socket = getEndpoint().getSocketProperties();
            socket.setAppReadBufSize(BYTES);
            socket.setAppWriteBufSize(BYTES);
        }

        /** Of the buffers for an answer: one of so many bytes, and one of so many characters. */
        @Override
        public int getDesiredBufferSize() {
            return BYTES;
        }
    }
}
