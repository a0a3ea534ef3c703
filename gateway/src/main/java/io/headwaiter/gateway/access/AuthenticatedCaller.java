package io.headwaiter.gateway.access;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A caller whose key was found. Each scope is an authority; the key itself is not kept. */
final class AuthenticatedCaller extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    AuthenticatedCaller(Caller caller) {
        super(AuthorityUtils.createAuthorityList(
                caller.scopes().stream().map(Scope::code).toList()));
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuthenticatedCaller that && caller.equals(that.caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
