package io.headwaiter.gateway.access;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointWebExtension;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The two probes stay on the port that they ask about when everything else of the actuator has one of its own: a port that
 * answers for another would call a gateway ready that nobody can reach.
 */
@RestController
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ProbesEndpoint {

    private final HealthEndpointWebExtension health;

    ProbesEndpoint(HealthEndpointWebExtension health) {
        this.health = health;
    }

    @GetMapping("/actuator/health/liveness")
    ResponseEntity<HealthDescriptor> liveness() {
        return probe("liveness");
    }

    @GetMapping("/actuator/health/readiness")
    ResponseEntity<HealthDescriptor> readiness() {
        return probe("readiness");
    }

    private ResponseEntity<HealthDescriptor> probe(String group) {
        WebEndpointResponse<HealthDescriptor> answer =
                health.health(ApiVersion.V3, WebServerNamespace.SERVER, SecurityContext.NONE, false, group);
        return ResponseEntity.status(answer.getStatus()).body(answer.getBody());
    }
}
