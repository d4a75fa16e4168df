import java.io.IOException;

final class Main {
    static byte[] caesarTable() {
        byte[] t = new byte[128];
        for (byte b = 0; b >= 0 && b < 127; b++) {
            t[b] = b;
        }
        for (int k = 0; k < 26; k++) {
            for (int base : new int[] {'a', 'A'}) {
                t[base + k] = (byte) (k < 23 ? base + k + 3 : base + k - 23);
            }
        }
        return t;
    }

    public static void main(String[] args) throws IOException {
        byte[] t = caesarTable();
        byte[] data = System.in.readAllBytes();
        int length = 0;
        while (length < data.length && data[length] != '\n') {
            data[length] = t[data[length]];
            length++;
        }
        System.out.write(data, 0, length);
        System.out.println();
    }
}
