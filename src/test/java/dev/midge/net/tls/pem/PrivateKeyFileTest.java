package dev.midge.net.tls.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeyFileTest {
  @TempDir private Path folder;

  private Path pem(String label, byte[] der) throws Exception {
    String text =
        "Bag Attributes: none\n-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n";
    return Files.writeString(folder.resolve("key.pem"), text);
  }

  private static byte[] element(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] each : contents) {
      content.writeBytes(each);
    }
    assertThat(content.size()).isLessThan(128);
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    element.write(content.size());
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"RSA,2048", "EC,256", "EC,384"})
  void pkcs8IsReadAsItIs(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    assertThat(PrivateKeyFile.read(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), null))
        .isEqualTo(pair.getPrivate());
  }

  @Test
  void theOlderFormForEcIsWrapped() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    byte[] secret = ((ECPrivateKey) pair.getPrivate()).getS().toByteArray();
    byte[] padded = new byte[32];
    int count = Math.min(32, secret.length);
    System.arraycopy(secret, secret.length - count, padded, 32 - count, count);
    // RFC 5915, with the public key, as openssl writes it.
    byte[] info = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(info, info.length - 65, info.length);
    byte[] curve = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    byte[] key =
        element(
            0x30,
            new byte[] {2, 1, 1},
            element(4, padded),
            element(0xA0, curve),
            element(0xA1, element(3, new byte[] {0}, point)));
    assertThat(((ECPrivateKey) PrivateKeyFile.read(pem("EC PRIVATE KEY", key), null)).getS())
        .isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
  }

  @Test
  void encryptedAndDamagedKeysAreRefusedInWords() throws Exception {
    Path encrypted = pem("ENCRYPTED PRIVATE KEY", new byte[50]);
    assertThatThrownBy(() -> PrivateKeyFile.read(encrypted, null))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("encrypted");
    for (String label : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
      Path damaged = pem(label, new byte[] {0x30, 0x7f, 1, 2, 3});
      assertThatThrownBy(() -> PrivateKeyFile.read(damaged, null))
          .isInstanceOf(GeneralSecurityException.class)
          .hasMessageContaining("damaged");
    }
  }
}
