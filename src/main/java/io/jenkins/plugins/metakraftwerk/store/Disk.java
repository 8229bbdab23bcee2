package io.jenkins.plugins.metakraftwerk.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * All operations that this plugin does on its files. Tests and the simulation bring disks that fail.
 *
 * <p>Each call may fail, any number of times. After a failure, or a crash during the call, the file is in one of these
 * states:
 *
 * <ul>
 *   <li>{@link #append}: any part of the bytes has been added, from none to all. After a loss of power, only forced
 *       bytes are certain.
 *   <li>{@link #truncate}: the old length or the new one.
 *   <li>{@link #force}: the same content as before; it may be lost with a loss of power.
 *   <li>{@link #replace}, {@link #move}: the old file or the new one, complete. A file that nobody reads may be left
 *       beside it.
 * </ul>
 */
public interface Disk {

    /**
     * Opens a file from its beginning. The caller closes it.
     *
     * @throws NoSuchFileException if there is no such file
     */
    InputStream open(Path file) throws IOException;

    /**
     * Reads the beginning of a file. The limit protects memory, since the file may have any length.
     *
     * @param most limit in bytes
     */
    default byte[] read(Path file, int most) throws IOException {
        try (InputStream in = open(file)) {
            return in.readNBytes(most);
        }
    }

    /**
     * Returns the size in bytes.
     *
     * @throws NoSuchFileException if there is no such file
     */
    long size(Path file) throws IOException;

    /**
     * Adds bytes at the end of a file. Creates the file if there is none.
     *
     * @throws NoSuchFileException if its folder is gone; the folder is not created again
     */
    void append(Path file, byte[] bytes) throws IOException;

    /**
     * Cuts a file to a length.
     *
     * @param size in bytes
     */
    void truncate(Path file, long size) throws IOException;

    /** Makes the content of a file survive a loss of power. Its name needs {@link #forceName}. */
    void force(Path file) throws IOException;

    /** Makes the name of a new file (its entry in its folder) survive a loss of power. */
    default void forceName(Path file) throws IOException {
        // A disk that keeps files by their names need not do more.
    }

    /**
     * Replaces or creates a file in one step, so that it survives a loss of power.
     *
     * @throws NoSuchFileException if its folder is gone; the folder is not created again
     */
    void replace(Path file, byte[] bytes) throws IOException;

    /**
     * Renames a file, or a folder that has the name of the file, within its folder.
     *
     * @throws java.nio.file.FileAlreadyExistsException if that name is taken
     */
    void move(Path from, Path to) throws IOException;
}
