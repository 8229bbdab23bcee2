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
final class Certificates {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
        generate("ca", "CN=Test CA", "-ext", "bc:c");
        keytool("ca", "-exportcert", "-alias", "ca", "-file", file("ca.cer"));
        keytool("trust", "-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.cer"));
    }

    /** A server with a certificate of this authority. */
    SSLContext signed(String name, String subjectAlternativeName, String... validity) {
        generate(name, "CN=" + name);
        keytool(name, "-certreq", "-alias", name, "-file", file(name + ".csr"));
        List<String> sign = new ArrayList<>(List.of("-gencert", "-alias", "ca", "-infile", file(name + ".csr")));
        sign.addAll(List.of("-outfile", file(name + ".cer"), "-ext", "san=" + subjectAlternativeName));
        sign.addAll(List.of(validity));
        keytool("ca", sign.toArray(String[]::new));
        keytool(name, "-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.cer"));
        keytool(name, "-importcert", "-alias", name, "-file", file(name + ".cer"));
        return context(name, null);
    }

    SSLContext selfSigned() {
        generate("self", "CN=localhost", "-ext", "san=dns:localhost");
        return context("self", null);
    }

    /** A client that trusts this authority. */
    SSLContext trusting() {
        return context(null, "trust");
    }

    private void generate(String name, String subject, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", subject));
        arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        arguments.addAll(List.of(more));
        keytool(name, arguments.toArray(String[]::new));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void keytool(String store, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file(store), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(STORE_PASSWORD)));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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

    private SSLContext context(String keys, String trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(keys == null ? null : load(keys), STORE_PASSWORD);
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trust == null ? null : load(trust));
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            store.load(in, STORE_PASSWORD);
        }
        return store;
    }
}
