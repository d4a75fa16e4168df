import java.util.Scanner;

class Main {
    static StringBuilder[] transposeMatrix(Scanner in, int rows, int cols) {
        StringBuilder[] lines = new StringBuilder[cols];
        for (int j = 0; j < cols; j++) {
            lines[j] = new StringBuilder();
        }
        for (int i = 0; i < rows; i++) {
            for (StringBuilder line : lines) {
                if (i > 0) {
                    line.append(' ');
                }
                line.append(in.nextInt());
            }
        }
        return lines;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int rows = in.nextInt();
        int cols = in.nextInt();
        for (StringBuilder line : transposeMatrix(in, rows, cols)) {
            System.out.println(line);
        }
    }
}
