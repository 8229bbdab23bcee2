package io.jenkins.plugins.metakraftwerk.client;

import java.util.Optional;

/** Brings the bearer token of a call. It is asked on virtual threads. Implementations keep tokens in memory only. */
public interface TokenSource {

    /**
     * Returns a token to send. May have to wait for it.
     *
     * @throws MetaKraftwerkException if there is none
     */
    String token() throws MetaKraftwerkException, InterruptedException;

    /**
     * Returns another token after the server refused one with 401.
     *
     * @param refused the refused token; if another caller has replaced it already, the replacement is returned
     * @return empty if there is no way to get another
     * @throws MetaKraftwerkException if there is a way, but it fails
     */
    Optional<String> renew(String refused) throws MetaKraftwerkException, InterruptedException;

    /**
     * Returns a secret that the tokens are made from and that nobody may see, even if the server repeats it; null if
     * there is none.
     */
    String secret();

    /** Returns a sentence for people: what to do if the server refuses a token and there is no other. */
    Text advice(String refused);
}
