package io.jenkins.plugins.metakraftwerk.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for one test, made with the JDK's own keytool. */
public final class Certificates {

    public static final String STORE_PASSWORD = "changeit";

    /** The authority's store in the directory. */
    public static final String AUTHORITY = "ca";

    private final Path directory;

    public Certificates(Path directory) {
        this.directory = directory;
        keytool(AUTHORITY, AUTHORITY, "CN=Test CA", "-ext", "bc:c");
    }

    /** A server with a certificate of this authority. */
    public SSLContext signed(String name, String subjectAlternativeName, String... validity) {
        List<String> options = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", "san=" + subjectAlternativeName));
        options.addAll(List.of(validity));
        try {
            Files.copy(directory.resolve(AUTHORITY), directory.resolve(name));
            keytool(name, name, "CN=" + name, options.toArray(String[]::new));
            KeyStore keys = load(name);
            keys.deleteEntry(AUTHORITY);
            return context(keys, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public SSLContext selfSigned() {
        keytool("self", "self", "CN=localhost", "-ext", "san=dns:localhost");
        try {
            return context(load("self"), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client that trusts this authority. */
    public SSLContext trusting() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load(AUTHORITY).getCertificate(AUTHORITY));
            return context(null, trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String store, String alias, String subject, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", subject));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-keystore", directory.resolve(store).toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", STORE_PASSWORD));
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyStore keys, KeyStore trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, STORE_PASSWORD.toCharArray());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trusted);
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    private KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        return store;
    }
}
