package dev.tollgate.upstream.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate of the test's own, made by the JDK's keytool, and the two sides that know it. */
final class TestTrust {
    private static final char[] PASSWORD = "not-a-secret".toCharArray();
    private static final String ALIAS = "upstream";

    private final KeyStore keys;

    private TestTrust(KeyStore keys) {
        this.keys = keys;
    }

    /** @param names what the certificate is for, as keytool wants it: {@code ip:127.0.0.1} */
    static TestTrust of(String names) {
        try {
            Path folder = Files.createTempDirectory("trust");
            Path store = folder.resolve("keys.p12");
            generate(store, names);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            Files.delete(store);
            Files.delete(folder);
            return new TestTrust(keys);
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException("no certificate for the test", unusable);
        }
    }

    private static void generate(Path store, String names) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=upstream",
                "-ext",
                "san=" + names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    SSLContext server() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(factory.getKeyManagers(), null, null);
            return tls;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    SslContext client() {
        try {
            X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
            return SslContextBuilder.forClient().trustManager(certificate).build();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException(unusable);
        }
    }
}
