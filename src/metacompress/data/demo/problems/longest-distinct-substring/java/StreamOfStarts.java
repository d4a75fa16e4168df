import java.io.*;
import java.util.BitSet;
import java.util.stream.IntStream;

class Main {
    static int reach(byte[] line, int from) {
        BitSet used = new BitSet(128);
        int to = from;
        while (to < line.length && !used.get(line[to])) {
            used.set(line[to]);
            to++;
        }
        return to - from;
    }

    static byte[] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != -1 && b != '\n'; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toByteArray();
    }

    public static void main(String[] args) throws IOException {
        byte[] line = readLine(System.in);
        int longestUnrepeatedSubstring = IntStream.range(0, line.length).map(i -> reach(line, i)).max().orElse(0);
        System.out.println(longestUnrepeatedSubstring);
    }
}
