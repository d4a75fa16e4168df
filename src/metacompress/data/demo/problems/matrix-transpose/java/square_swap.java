import java.util.Scanner;

class Main {
    /** Pads to a square, swaps across the diagonal and ignores the padding afterwards. */
    private static void mirrorTranspose(long[][] square) {
        for (int a = 1; a < square.length; a++) {
            for (int b = 0; b < a; b++) {
                long kept = square[a][b];
                square[a][b] = square[b][a];
                square[b][a] = kept;
            }
        }
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            final int r = sc.nextInt();
            final int c = sc.nextInt();
            final int side = Math.max(r, c);
            long[][] square = new long[side][side];
            for (int i = 0; i < r; i++)
                for (int j = 0; j < c; j++)
                    square[i][j] = sc.nextLong();

            mirrorTranspose(square);

            for (int i = 0; i < c; i++) {
                String sep = "";
                for (int j = 0; j < r; j++) {
                    System.out.print(sep + square[i][j]);
                    sep = " ";
                }
                System.out.println();
            }
        }
    }
}
