package io.jenkins.plugins.metakraftwerk.security;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks for secrets where none may be, in every form that a search for them would find. */
final class Leaks {

    private final Set<String> forms = new LinkedHashSet<>();

    void secret(String secret) {
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.add(new StringBuilder(secret).reverse().toString());
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        // What base64 makes of a text depends on how many bytes stand before it; its ends depend on the neighbours.
        for (int before = 0; before < 3; before++) {
            byte[] padded = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, padded, before, bytes.length);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String encoded = encoder.withoutPadding().encodeToString(padded);
                forms.add(encoded.substring(4, encoded.length() - 4));
            }
        }
    }

    Set<String> forms() {
        return forms;
    }

    /** The files below a directory in which a secret stands in any form. */
    List<String> inFiles(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String form = in(read(file));
                if (form != null) {
                    found.add(file + ": " + form);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return gone(failure);
            }
        });
        return found;
    }

    /** The form in which a secret stands in a text, or null. */
    String in(String text) {
        return forms.stream().filter(text::contains).findFirst().orElse(null);
    }

    /** Jenkins writes into temporary files that soon have another name. */
    private static FileVisitResult gone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    /** In several ways, since most files are no text. */
    private static String read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return "";
        }
        return new String(bytes, StandardCharsets.UTF_8)
                + new String(bytes, StandardCharsets.UTF_16BE)
                + new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
