package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Name and address of the server that a run began with. Servers may be renamed or moved in their list while a run waits
 * or Jenkins restarts. A run that has noted the records of one server must never read or send elsewhere. A plain class,
 * since Pipeline serialises it with a library of its own.
 */
public final class ServerPin implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String url;

    /** @param url the address in its normal form */
    public ServerPin(String name, String url) {
        this.name = name;
        this.url = url;
    }

    public String name() {
        return name;
    }

    public String url() {
        return url;
    }

    /**
     * Finds the server among the configured ones. The server with the same name counts if it still has the address;
     * otherwise the only server with the address.
     *
     * @return empty if no server or more than one has the address, and none of them the name
     */
    public <S> Optional<S> among(List<S> servers, Function<S, String> nameOf, Function<S, String> urlOf) {
        List<S> sameAddress = servers.stream()
                .filter(server -> url.equals(urlOf.apply(server)))
                .toList();
        Optional<S> named = sameAddress.stream()
                .filter(server -> name.equals(nameOf.apply(server)))
                .findFirst();
        return named.isPresent() || sameAddress.size() != 1 ? named : Optional.of(sameAddress.get(0));
    }
}
