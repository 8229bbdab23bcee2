package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The server that a run began with. Names and order of servers may change while a run waits or Jenkins restarts; a run
 * that has noted what is on one server must never look, or send, elsewhere. A plain class, since Pipeline serialises it
 * with a library of its own.
 */
public final class ServerPin implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String url;

    /** @param url normalised */
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
     * The server among those that are configured now: the one of the same name, if it still has the address; else the only
     * one with the address.
     */
    public <S> Optional<S> among(List<S> servers, Function<S, String> nameOf, Function<S, String> urlOf) {
        List<S> there = servers.stream()
                .filter(server -> url.equals(urlOf.apply(server)))
                .toList();
        Optional<S> named = there.stream()
                .filter(server -> name.equals(nameOf.apply(server)))
                .findFirst();
        return named.isPresent() || there.size() != 1 ? named : Optional.of(there.get(0));
    }
}
