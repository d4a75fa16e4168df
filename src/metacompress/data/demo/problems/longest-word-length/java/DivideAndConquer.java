import java.io.*;

class Main {
    // letters at the left edge, at the right edge, longest inside, total width
    record Part(int left, int right, int best, int width) {
        Part join(Part o) {
            int newLeft = left == width ? width + o.left : left;
            int newRight = o.right == o.width ? o.width + right : o.right;
            int middle = right + o.left;
            return new Part(newLeft, newRight,
                    Math.max(middle, Math.max(best, o.best)), width + o.width);
        }
    }

    static Part measureLongestWord(String s) {
        if (s.isEmpty()) {
            return new Part(0, 0, 0, 0);
        }
        if (s.length() == 1) {
            int one = Character.isAlphabetic(s.charAt(0)) ? 1 : 0;
            return new Part(one, one, one, 1);
        }
        int half = s.length() / 2;
        return measureLongestWord(s.substring(0, half)).join(measureLongestWord(s.substring(half)));
    }

    public static void main(String[] args) throws IOException {
        String all = new String(System.in.readAllBytes());
        String line = all.split("\n", -1)[0];
        System.out.println(measureLongestWord(line).best());
    }
}
