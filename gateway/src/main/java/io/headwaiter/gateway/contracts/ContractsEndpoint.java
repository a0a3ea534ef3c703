package io.headwaiter.gateway.contracts;

import io.headwaiter.gateway.problems.Problems;
import io.headwaiter.schemas.RequestMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /contracts}: what {@code schemas} has, from there. */
@RestController
@RequestMapping("/contracts")
class ContractsEndpoint {

    /** RFC 9512. */
    private static final String YAML = "application/yaml";

    private static final String SCHEMA = "application/schema+json";

    @GetMapping(path = "/openapi.yaml", produces = YAML)
    byte[] openApi() throws IOException {
        return contract("openapi.yaml").getContentAsByteArray();
    }

    @GetMapping(path = "/asyncapi.yaml", produces = YAML)
    byte[] asyncApi() throws IOException {
        return contract("asyncapi.yaml")
                .getContentAsString(StandardCharsets.UTF_8)
                // The schemas stand under another name here than beside the document in its own folder.
                .replace("'./json/", "'./schemas/")
                .getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/schemas/{name}.json", produces = SCHEMA)
    byte[] schema(@PathVariable String name) throws IOException {
        Resource schema = contract("json/" + name + ".json");
        // No name of a message leads elsewhere.
        if (!name.matches("[a-z]+(\\.[a-z_]+)*") || !schema.exists()) {
            throw Problems.pathNotFound().asException();
        }
        return schema.getContentAsByteArray();
    }

    private static Resource contract(String name) {
        return new ClassPathResource(name, RequestMessage.class);
    }
}
