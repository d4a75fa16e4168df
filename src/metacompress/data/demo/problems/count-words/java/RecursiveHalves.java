import java.io.IOException;

class Main {
    static byte[] data;

    static boolean isLetter(int i) {
        byte b = data[i];
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }

    /** Words in data[from..to), a cut word counting once. */
    static int wordsBetween(int from, int to) {
        if (to - from == 0) {
            return 0;
        }
        if (to - from == 1) {
            return isLetter(from) ? 1 : 0;
        }
        int mid = (from + to) >>> 1;
        int sum = wordsBetween(from, mid) + wordsBetween(mid, to);
        if (isLetter(mid - 1) && isLetter(mid)) {
            sum--;
        }
        return sum;
    }

    public static void main(String[] args) throws IOException {
        data = System.in.readAllBytes();
        int end = 0;
        while (end < data.length && data[end] != '\n') {
            end++;
        }
        System.out.println(wordsBetween(0, end));
    }
}
